"""The causal story of one future: what it came to, its turning points with their causes, and what lay between them."""

from shadowline.futures.why.causes import chain, tell_chain
from shadowline.futures.why.events import tell_event
from shadowline.futures.why.focus import focus_of, headline_events
from shadowline.futures.why.story import Story, resolve, story
from shadowline.futures.why.words import Tale

__all__ = ["Story", "Tale", "chain", "focus_of", "headline_events", "resolve", "story", "tell_chain", "tell_event"]
