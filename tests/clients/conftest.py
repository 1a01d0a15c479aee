"""The same scene as in the tests of sharing: a force, one agency, its system."""

from tests.partners.conftest import scene

__all__ = ["scene"]
