#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/services/indexer.hpp"

namespace podbrief::services {

// Who is heard in the library, from the change feed: for questions that name somebody. Whose insights were all
// withdrawn stays known until the next start. Names by which many are called ("Speaker 1") are nobody's.
class KnownPeople final : public ChangeListener {
public:
    void heard(const InsightChange& change) override;

    // The name as the library spells it, of who is called exactly so (folded); `by_part`: or whose last
    // or first name it is, when only one has it, or one is heard at least three times as often as the others together.
    std::optional<std::string> find(std::string_view typed, bool by_part) const;
    std::size_t size() const { return names_.size(); }

private:
    struct Person {
        std::string name;   // as spelt
        std::size_t heard;  // insights; a changed one counts again
    };
    std::map<std::string, Person> names_;              // by the folded name
    std::multimap<std::string, std::string> partial_;  // first or last word, folded -> whole name, folded
};

}  // namespace podbrief::services
