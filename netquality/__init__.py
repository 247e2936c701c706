"""Tell which of your connections are relationships, from the data you may export of yourself.

Parts load when they are used, so that importing the package costs little more than pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netquality import habits, plot
    from netquality.chance import contact_chance, contact_terms
    from netquality.chance.backtesting import Backtest, backtest
    from netquality.chance.estimator import ContactChance
    from netquality.closeness import ClosenessFit, fit_closeness
    from netquality.combining import combine
    from netquality.decisions import Decisions, keep_decisions, read_decisions
    from netquality.depth import DepthRule, depth_of
    from netquality.errors import NetQualityError
    from netquality.explaining import Explanation, explain
    from netquality.graph import from_graph, to_graph
    from netquality.graph.exchange import GraphFile, read_graph, write_graph
    from netquality.graph.findings import GraphMeasures
    from netquality.graph.measuring import graph_measures
    from netquality.graph.words import explain_edge
    from netquality.journal import (
        Journal,
        journal_path,
        keep_journal,
        keep_list,
        keep_word,
        read_journal,
    )
    from netquality.labelling import LabelCard, label_card
    from netquality.network import Network
    from netquality.places import place_names
    from netquality.privacy import aggregate, pseudonymise
    from netquality.reading.contacts import read_contacts
    from netquality.reading.linkedin import read_linkedin
    from netquality.reconnecting import ReconnectRule, reconnect
    from netquality.reconnecting.outcomes import list_outcomes
    from netquality.reminders import write_reminders
    from netquality.sample import load_sample, sample_path
    from netquality.showing import show
    from netquality.status import StatusRule, assess, sensitivity
    from netquality.tablefiles import read_table, write_table
    from netquality.teaching import copy_notebooks
    from netquality.timeline import status_over_time
    from netquality.viewing import GraphView, graph_view
    from netquality.whereabouts import who_at

__all__ = [
    "Backtest",
    "ClosenessFit",
    "ContactChance",
    "Decisions",
    "DepthRule",
    "Explanation",
    "GraphFile",
    "GraphMeasures",
    "GraphView",
    "Journal",
    "LabelCard",
    "NetQualityError",
    "Network",
    "ReconnectRule",
    "StatusRule",
    "aggregate",
    "assess",
    "backtest",
    "combine",
    "contact_chance",
    "contact_terms",
    "copy_notebooks",
    "depth_of",
    "explain",
    "explain_edge",
    "fit_closeness",
    "from_graph",
    "graph_measures",
    "graph_view",
    "habits",
    "journal_path",
    "keep_decisions",
    "keep_journal",
    "keep_list",
    "keep_word",
    "label_card",
    "list_outcomes",
    "load_sample",
    "place_names",
    "plot",
    "pseudonymise",
    "read_contacts",
    "read_decisions",
    "read_graph",
    "read_journal",
    "read_linkedin",
    "read_table",
    "reconnect",
    "sample_path",
    "sensitivity",
    "show",
    "status_over_time",
    "to_graph",
    "who_at",
    "write_graph",
    "write_reminders",
    "write_table",
]

__version__ = "0.1.0"

# No public function is named like a module of the package: importing the module anywhere would
# put it in the function's place (a test holds this).
_HOME = {
    "Backtest": "chance.backtesting",
    "ClosenessFit": "closeness",
    "ContactChance": "chance.estimator",
    "Decisions": "decisions",
    "DepthRule": "depth",
    "Explanation": "explaining",
    "GraphFile": "graph.exchange",
    "GraphMeasures": "graph.findings",
    "GraphView": "viewing",
    "Journal": "journal",
    "LabelCard": "labelling",
    "NetQualityError": "errors",
    "Network": "network",
    "ReconnectRule": "reconnecting",
    "StatusRule": "status",
    "aggregate": "privacy",
    "assess": "status",
    "backtest": "chance.backtesting",
    "combine": "combining",
    "contact_chance": "chance",
    "contact_terms": "chance",
    "copy_notebooks": "teaching",
    "depth_of": "depth",
    "explain": "explaining",
    "explain_edge": "graph.words",
    "fit_closeness": "closeness",
    "from_graph": "graph",
    "graph_measures": "graph.measuring",
    "graph_view": "viewing",
    "habits": "habits",
    "journal_path": "journal",
    "keep_decisions": "decisions",
    "keep_journal": "journal",
    "keep_list": "journal",
    "keep_word": "journal",
    "label_card": "labelling",
    "list_outcomes": "reconnecting.outcomes",
    "load_sample": "sample",
    "place_names": "places",
    "plot": "plot",
    "pseudonymise": "privacy",
    "read_contacts": "reading.contacts",
    "read_decisions": "decisions",
    "read_graph": "graph.exchange",
    "read_journal": "journal",
    "read_linkedin": "reading.linkedin",
    "read_table": "tablefiles",
    "reconnect": "reconnecting",
    "sample_path": "sample",
    "sensitivity": "status",
    "show": "showing",
    "status_over_time": "timeline",
    "to_graph": "graph",
    "who_at": "whereabouts",
    "write_graph": "graph.exchange",
    "write_reminders": "reminders",
    "write_table": "tablefiles",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'netquality' has no attribute {name!r}")
    module = import_module(f"netquality.{_HOME[name]}")
    value = module if name in {"habits", "plot"} else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
