"""A store as Spark reads it: the same questions as jobs over its Parquet tables.

Every job is joins of tables, partitioned by subject; no graph is held by the driver, which gets the
bounded answer and nothing else. `session` starts Spark and names the tables, `selecting` evaluates
selections, `reaching` tells what a change reaches, `counting` the figures of `trabecula info`,
`records` makes records of rows, and `converting` writes whole graphs in parts. What they answer is
what a graph in memory answers: `scripts/engines` compares them.
"""
