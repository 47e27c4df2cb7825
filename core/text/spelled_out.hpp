#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::text {

// A short form and what a text says it stands for, both as written: "RAG", "Retrieval augmented generation".
struct SpelledOut {
    std::string short_form;
    std::string long_form;
    bool operator==(const SpelledOut&) const = default;
};

// What a text spells out, in order: "Continuous Integration (CI)", "CI (Continuous Integration)", "retrieval augmented
// generation, or RAG", "CI, which stands for ...". After Schwartz and Hearst, "A Simple Algorithm for Identifying
// Abbreviation Definitions in Biomedical Text" (PSB 2003), but stricter, because talk has short forms everywhere and
// parentheses nowhere: each capital of the short form is the initial of a word, in order; small words may be left out
// (IoT: internet of things), but neither first nor last; a small letter may stand inside of its word (LoRA: low rank
// adaptation). Two letters need a word or a parenthesis that says so, a comma is not enough. English only.
std::vector<SpelledOut> spelled_out(std::string_view utf8);

}  // namespace podbrief::text
