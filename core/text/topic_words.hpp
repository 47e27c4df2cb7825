#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podbrief::text {

// Topics as things to follow and to have a page: "chip" and "chips", "Open-Source" and "open source" are one.

// Letters and digits of any script, folded, words joined by one '-'; "c++" is "c-plus-plus", "c#" is "c-sharp".
// Empty: nothing of that is in it. At most `most` bytes, ending with a word where there is more than one.
std::string words_for_address(std::string_view text, std::size_t most = 80);

// Of a folded English noun: "chips" gives "chip", "companies" "company", "gpus" "gpu". What only looks like a plural
// stays ("aws", "kubernetes", "news", "sales", "https", "physics"), and so does what is not sure to be one.
std::string singular(std::string_view word);

// What makes names of topics the same: words_for_address with the last word in the singular. Empty: it names nothing.
std::string topic_identity(std::string_view topic);
bool is_same_topic(std::string_view a, std::string_view b);

// How a text writes a topic that it names ("AI", "LLMs", "open source"), "'s" left out; empty: it does not name it, or
// only where the capital may be that of its sentence.
std::string written_form(std::string_view topic, std::string_view text);

// How a topic is written, over all texts that are about it: what to call it.
class TopicForms {
public:
    // As an insight has it: `topic` in lower case, its text, and the names in it.
    void add(std::string_view topic, std::string_view text, const std::vector<std::string>& names);
    const std::string& most_frequent() const;  // the first of equals; empty: nothing was added

private:
    std::vector<std::pair<std::string, std::uint32_t>> counts_;  // 8 at most: the others are rare
};

}  // namespace podbrief::text
