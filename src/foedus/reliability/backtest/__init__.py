"""The backtest: the model and its rivals on identical rows, scored by calls that came later."""
