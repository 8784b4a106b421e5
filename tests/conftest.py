"""What every test shares: how many examples hypothesis makes, and from which seed."""

from hypothesis import HealthCheck, settings

# `make test`: the same few examples on every machine and on every run, so that a failure is a change of the code.
settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None, database=None)
# `make soak`: many, and others every time; what fails is kept under .hypothesis and tried first on the next run.
settings.register_profile(
    "soak", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")
