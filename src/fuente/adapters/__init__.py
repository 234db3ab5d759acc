"""The only code that names an engine.

Importing any adapter first closes the ways by which its engine could reach beyond this host.
"""

from fuente.adapters.offline import seal_environment

seal_environment()
