#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/ids.hpp"
#include "core/text/spelled_out.hpp"

namespace podbrief::search {

// What the library itself says that short forms stand for: in a library of medicine CI is a confidence interval, in one
// of software continuous integration. Learned of whoever spells it out (text::spelled_out), forgotten with them; the
// same in whatever order it came, up to a bound on memory that is far away (some 20,000 pairs).
class Acronyms {
public:
    // Each source has one vote a pair.
    enum class Source { insight, transcript };

    // What a source spells out, in place of what it did before; nothing: as if it had never been. An insight's id, or
    // an episode's. A source has its first 64 pairs counted.
    void learn(Source source, std::int64_t id, const std::vector<text::SpelledOut>& pairs);
    void forget(Source source, std::int64_t id) { learn(source, id, {}); }

    struct LongForm {
        std::vector<std::string> stems;  // at least two; without small words
        std::string written;             // as it is written most often
        double share = 0;                // of those who spell the short form out; they add up to 1 when all are given
    };
    // The most usual first, at most three. `stem` is that of the short form.
    std::vector<LongForm> long_forms(std::string_view stem) const;

    struct ShortForm {
        std::size_t length = 0;  // stems that it stands for; 0: none
        std::string stem;
        std::size_t sources = 0;  // that spell it out so
        double share = 0;         // of those who spell this short form out
    };
    // Of the longest known long form that `stems` begin with; of several of one, the most usual.
    ShortForm short_form_at(std::span<const std::string_view> stems) const;

    std::size_t size() const { return pairs_; }  // distinct ones

private:
    using Stems = std::vector<std::string>;
    struct Count {
        std::size_t sources = 0;
        std::map<std::string, std::size_t> written;
    };
    struct Vote {
        std::string short_form;
        Stems long_form;
        std::string written;
        auto operator<=>(const Vote&) const = default;
    };

    void add(const Vote& vote);
    void remove(const Vote& vote);

    std::map<std::pair<Source, std::int64_t>, std::vector<Vote>> sources_;
    std::map<std::string, std::map<Stems, Count>, std::less<>> by_short_;
    std::map<std::string, std::map<Stems, std::set<std::string>>, std::less<>> by_first_;  // stem of the long form
    std::size_t pairs_ = 0;
};

}  // namespace podbrief::search
