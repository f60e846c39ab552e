"""The answer for one pair: promise, record, forecast, evidence, capacity and limits together."""
