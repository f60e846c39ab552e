"""UCDP External Support -> one call per government and conflict spell, and which states helped.

Source: UCDP External Support Dataset 18.1, actor-year file (Meier, Karlen, Pettersson and
Croicu 2023), 1975-2017; intensity from UCDP/PRIO Armed Conflict 25.1.

A call is one government's spell of years in one conflict, all its dyads together: a government
that fights three rebel groups in one conflict needs help once. One year without fighting does
not end a spell, two do. Spells that run in 2017, the last year, have no end. Hostility 5 where
a year of the spell reached 1,000 battle deaths, else 4.

A response is one government that the source names as supporter of the government in a year of
the spell. Governments not named have no row. UCDP's types are known per supporter where one
state supported in that dyad-year, where all state supporters gave the type (its count equals
theirs), or where none did; else the category is null. Categories: troops x (p, troops whose
role is unclear, leaves it null); arms w or m; training t; funding f; intelligence i; sanctuary
l. Joint operations and access (y), other (o) and unknown (u) have no category of their own.
Rung 4 where troops are known, 3 where excluded, else 3 to 4. Opposed where it also supported
an opponent in the spell. Words and diplomacy are not coded.
Traps avoided: ext_id is UCDP's actor id; governments are matched by "Government of X". From
2015 "Government of Yemen" against the "Forces of Hadi" is the Houthi authority in Sanaa, not
the Yemen that the register and its allies mean: that dyad is left out.
"""

from __future__ import annotations

import duckdb

from foedus.sources.actor_keys import REGISTER, read_text

KNOWN_UNTIL = "2017-12-31"
LAST_YEAR = 2017
OUSTED_GOVERNMENT = "Forces of Hadi"

ALIASES: dict[str, str] = {
    "Bosnia-Herzegovina": "BIH",
    "Cambodia (Kampuchea)": "KHM",
    "Czechoslovakia": "CSK",
    "DR Congo (Zaire)": "COD",
    "East Germany": "DDR",
    "Germany": "DEU",
    "Macedonia": "MKD",
    "North Korea": "PRK",
    "North Macedonia": "MKD",
    "Serbia (Yugoslavia)": "SRB",
    "South Korea": "KOR",
    "South Vietnam": "COW817",
    "South Yemen": "YMD",
    "Vietnam (North Vietnam)": "VNM",
    "Yemen (North Yemen)": "YEM",
    "Zimbabwe (Rhodesia)": "ZWE",
}
"""UCDP's government names that neither COW nor Gleditsch and Ward use, or use otherwise."""

GROUPS: dict[str, str] = {
    "ARS/UIC": "ICU",
    "Al-Shabaab": "AL_SHABAAB",
    "Ansarallah": "HOUTHI",
    "CMA": "MNLA",
    "Contras/FDN": "CONTRAS",
    "FLRN": "HTI_REBELS",
    "FUCD": "FUC",
    "IS": "ISIS",
    "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad": "BOKO_HARAM",
    "Maidan": "UKR_PROTEST",
    "Maute group": "MAUTE",
    "Republic of Abkhazia": "ABKHAZIA",
    "Republic of Nagorno-Karabakh": "ARTSAKH",
    "Republic of South Ossetia": "SOUTH_OSSETIA",
    "SPLM/A": "SPLA",
    "SPLM/A - IO": "SPLM_IO",
    "Serbian Republic of Bosnia and Herzegovina": "RS_BOSNIA",
    "Serbian Republic of Krajina": "RSK",
    "Syrian insurgents": "SYR_OPPOSITION",
    "Taleban": "TALIBAN",
    "UCK": "KLA",
    "Yurtta Sulh Konseyi": "TUR_PUTSCHISTS",
    "al-Mahdi Army": "MAHDI_ARMY",
    "al-Qaida": "AL_QAEDA",
}
"""UCDP's names of armed groups that the register holds under a token of another spelling."""

CATEGORIES: dict[str, tuple[str, ...]] = {
    "troops": ("x",),
    "arms": ("w", "m"),
    "training": ("t",),
    "funding": ("f",),
    "intelligence": ("i",),
    "sanctuary": ("l",),
}

_GOVERNMENTS = """
CREATE OR REPLACE TEMP TABLE ucdp_governments AS
WITH aliases(name, actor) AS (VALUES {aliases}), known AS (
    SELECT name, any_value(actor) AS actor FROM (
        SELECT regexp_replace(gw_name, ' \\(.*', '') AS name, actor
        FROM cow_gw_panel JOIN gw_actor ON gw = gwcode
        UNION ALL SELECT regexp_replace(cw_name, ' \\(.*', ''), actor
        FROM cow_gw_panel JOIN cow_actor ON cow = ccode
        UNION ALL SELECT statenme, actor FROM cow_states2016 JOIN cow_actor ON cow = ccode
    ) WHERE name IS NOT NULL GROUP BY name HAVING count(DISTINCT actor) = 1
), raw AS (
    SELECT DISTINCT unnest(regexp_extract_all(
        concat_ws(',', actor_name, oppo_name, ext_name), 'Government of ([^,]+)', 1)) AS name
    FROM ucdp_esd_actor_year_181
)
SELECT raw.name, coalesce(a.actor, k.actor) AS actor
FROM raw LEFT JOIN aliases a ON a.name = raw.name
LEFT JOIN known k ON k.name = regexp_replace(raw.name, ' \\(.*', '')
"""

_YEARS = f"""
CREATE OR REPLACE TEMP TABLE esd_years AS
WITH supported AS (
    SELECT *, unnest(regexp_extract_all(actor_name, 'Government of ([^,]+)', 1)) AS government
    FROM ucdp_esd_actor_year_181
)
SELECT e.*, CAST(e.conflict_id AS INTEGER) AS conflict, g.actor AS beneficiary
FROM supported e LEFT JOIN ucdp_governments g ON g.name = e.government
WHERE e.oppo_name <> '{OUSTED_GOVERNMENT}'
"""

_OPPONENTS = """
CREATE OR REPLACE TEMP TABLE ucdp_opponents AS
WITH groups(name, actor) AS (VALUES {groups}), parties AS (
    SELECT DISTINCT oppo_name AS name FROM ucdp_esd_actor_year_181
)
SELECT p.name, g.actor
FROM parties p JOIN ucdp_governments g
  ON list_contains(regexp_extract_all(p.name, 'Government of ([^,]+)', 1), g.name)
UNION SELECT name, actor FROM groups
UNION SELECT p.name, t.token FROM parties p JOIN {tokens} t
  ON t.token = upper(regexp_replace(p.name, '[- ]+', '_', 'g'))
"""

_SPELLS = """
CREATE OR REPLACE TEMP TABLE esd_spells AS
WITH years AS (
    SELECT DISTINCT beneficiary, conflict, year FROM esd_years
    WHERE active = 1 AND beneficiary IS NOT NULL
), marked AS (
    SELECT *, coalesce(year - lag(year) OVER spell > 2, true) AS opens FROM years
    WINDOW spell AS (PARTITION BY beneficiary, conflict ORDER BY year)
), numbered AS (
    SELECT *, sum(CAST(opens AS INTEGER)) OVER (
        PARTITION BY beneficiary, conflict ORDER BY year) AS spell FROM marked
)
SELECT beneficiary, conflict, CAST(min(year) AS INTEGER) AS first,
       CAST(max(year) AS INTEGER) AS last,
       'esd-' || conflict || '-' || min(year) || ':' || beneficiary AS call
FROM numbered GROUP BY beneficiary, conflict, spell
"""

_CALLS = f"""
INSERT INTO call_rows BY NAME
WITH intense AS (
    SELECT conflict_id, year, max(intensity_level) AS level
    FROM ucdp_acd_251 GROUP BY conflict_id, year
), opponents AS (
    SELECT s.call, list(DISTINCT e.oppo_name ORDER BY e.oppo_name) AS names,
           list(DISTINCT t.actor ORDER BY t.actor) FILTER (t.actor IS NOT NULL) AS challengers,
           min(e.civil) = 1 AS civil, any_value(e.location) AS location,
           max(i.level) AS level
    FROM esd_spells s
    JOIN esd_years e ON e.beneficiary = s.beneficiary AND e.conflict = s.conflict
     AND e.year BETWEEN s.first AND s.last AND e.active = 1
    LEFT JOIN intense i ON i.conflict_id = e.conflict AND i.year = e.year
    LEFT JOIN ucdp_opponents t ON t.name = e.oppo_name
    GROUP BY s.call
)
SELECT s.call AS id, o.location || ', ' || s.first
       || CASE WHEN s.last = {LAST_YEAR} THEN ' on'
               WHEN s.last > s.first THEN '-' || s.last ELSE '' END AS name,
       CASE WHEN o.civil THEN 'insurgency' ELSE 'interstate_war' END AS kind,
       'target' AS role, s.beneficiary, coalesce(o.challengers, []) AS challengers,
       make_date(s.first, 1, 1) AS started_first, make_date(s.first, 12, 31) AS started_last,
       CASE WHEN s.last < {LAST_YEAR} THEN make_date(s.last, 1, 1) END AS ended_first,
       CASE WHEN s.last < {LAST_YEAR} THEN make_date(s.last, 12, 31) END AS ended_last,
       CASE o.level WHEN 2 THEN 5 ELSE 4 END AS hostility,
       'Against ' || array_to_string(o.names[1:8], ', ')
       || CASE WHEN len(o.names) > 8 THEN ' and ' || (len(o.names) - 8) || ' more' ELSE '' END
           AS note,
       DATE '{KNOWN_UNTIL}' AS known_until, 'catalog' AS origin,
       'ucdp-esd-18.1' AS source_table
FROM esd_spells s JOIN opponents o USING (call)
"""

_SUPPORTERS = """
CREATE OR REPLACE TEMP TABLE esd_supporters AS
WITH named AS (
    SELECT s.call, s.first, s.last, e.*,
           unnest(regexp_extract_all(e.ext_name, 'Government of ([^,]+)', 1)) AS supporter
    FROM esd_spells s JOIN esd_years e ON e.beneficiary = s.beneficiary
     AND e.conflict = s.conflict AND e.year BETWEEN s.first AND s.last
)
SELECT call, conflict, first, last, beneficiary, dyad_id, n.year, g.actor AS guarantor,
       {types}, ext_u_s > 0 AS unknown
FROM named n JOIN ucdp_governments g ON g.name = n.supporter
WHERE g.actor <> n.beneficiary
"""

_RESPONSES = """
INSERT INTO response_rows BY NAME
WITH summed AS (
    SELECT call, guarantor, {categories}, min(year) AS year,
           any_value(conflict) AS conflict, any_value(first) AS first, any_value(last) AS last,
           any_value(beneficiary) AS beneficiary
    FROM esd_supporters GROUP BY call, guarantor
), against AS (
    SELECT DISTINCT s.call, g.actor AS guarantor
    FROM esd_spells s
    JOIN ucdp_esd_actor_year_181 e ON e.conflict_id = s.conflict
     AND e.year BETWEEN s.first AND s.last
    JOIN ucdp_governments h ON list_contains(
        regexp_extract_all(e.oppo_name, 'Government of ([^,]+)', 1), h.name)
     AND h.actor = s.beneficiary
    JOIN ucdp_governments g ON list_contains(
        regexp_extract_all(e.ext_name, 'Government of ([^,]+)', 1), g.name)
)
SELECT r.* EXCLUDE (year, conflict, first, last, beneficiary),
       CASE WHEN troops THEN 4 ELSE 3 END AS rung_low,
       CASE WHEN troops IS NULL OR troops THEN 4 ELSE 3 END AS rung_high,
       CASE WHEN troops THEN NULL WHEN NOT troops THEN false END AS air_naval,
       3 AS act_low, 2 AS unseen, a.guarantor IS NOT NULL AS opposed,
       make_date(CAST(r.year AS INTEGER), 1, 1) AS first_act_first,
       make_date(CAST(r.year AS INTEGER), 12, 31) AS first_act_last,
       'catalog' AS origin, 'ucdp-esd-18.1' AS source_table
FROM summed r LEFT JOIN against a USING (call, guarantor)
WHERE NOT list_contains((SELECT c.challengers FROM call_rows c WHERE c.id = r.call), r.guarantor)
"""


def _type_known(letter: str) -> str:
    """SQL: whether this supporter gave the type in the dyad-year; null where not attributable."""
    return (
        f"CASE WHEN ext_{letter}_s = 0 THEN false"
        f" WHEN ext_{letter}_count_s = ext_count_s THEN true END"
    )


def _category(name: str, letters: tuple[str, ...]) -> str:
    given = " OR ".join(f"({_type_known(letter)})" for letter in letters)
    if name == "troops":
        return f"CASE WHEN {given} THEN true WHEN ext_p_s = 0 THEN ({given}) END AS troops"
    return f"({given}) AS {name}"


def stage(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Add the spells to `call_rows` and `response_rows`; returns governments without an actor."""
    aliases = ", ".join(f"('{name}', '{actor}')" for name, actor in ALIASES.items())
    con.execute(_GOVERNMENTS.format(aliases=aliases))
    groups = ", ".join(
        "('" + name.replace("'", "''") + f"', '{token}')" for name, token in GROUPS.items()
    )
    tokens = read_text(REGISTER / "armed_groups.csv")
    con.execute(_OPPONENTS.format(groups=groups, tokens=tokens))
    con.execute(_YEARS)
    con.execute(_SPELLS)
    con.execute(_CALLS)
    types = ", ".join(_category(name, letters) for name, letters in CATEGORIES.items())
    con.execute(_SUPPORTERS.format(types=types))
    con.execute(
        _RESPONSES.format(
            categories=", ".join(
                f"CASE WHEN bool_or({name}) THEN true"
                f" WHEN count({name}) = count(*) THEN false END AS {name}"
                for name in CATEGORIES
            )
        )
    )
    rows = con.execute(
        "SELECT name FROM ucdp_governments WHERE actor IS NULL ORDER BY 1"
    ).fetchall()
    return [f"UCDP Government of {name}" for (name,) in rows]
