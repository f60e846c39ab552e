"""How likely each rung is: models, what they are trained on, and how they are scored."""
