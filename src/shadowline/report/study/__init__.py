"""Pages of comparisons and claims, and the chapter on claims of a briefing."""

from shadowline.report.study.claims_page import claims_chapter, write_claims_page
from shadowline.report.study.comparison_page import write_comparison_page

__all__ = ["claims_chapter", "write_claims_page", "write_comparison_page"]
