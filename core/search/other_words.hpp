#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace podbrief::search {

// Another word for a word, by its stem.
struct OtherWord {
    enum class Kind : std::uint8_t { same, narrower, broader };  // physician for doctor; surgeon; tax for tariff
    std::string_view stem;
    double weight = 0;  // 0..1: how nearly it means the same
    Kind kind = Kind::same;
    bool operator==(const OtherWord&) const = default;
};

// Other words for the words of English, as config/words/make.py writes them to a file (README.md beside it tells of
// what). The file, little-endian: "podbrief words 1" | words u32 | entries u32 | bytes of text u32 | the first 16 hex
// digits of the SHA-256 of all that follows | ends of the words in the text u32[words] | ends of their entries
// u32[words] | entries u32[entries]: number of the word << 16 | weight of 255 << 8 | kind | text. Words are in the
// order of their bytes.
class OtherWords {
public:
    // Not copied: `file` must outlive this. Throws std::runtime_error that says what is wrong with it.
    explicit OtherWords(std::string_view file);

    std::size_t size() const { return words_; }
    bool knows(std::string_view stem) const { return find(stem) < words_; }  // as a word of English
    // Best first, at most eight; empty for words without any.
    std::vector<OtherWord> of(std::string_view stem) const;

private:
    std::uint32_t number(std::size_t at) const;  // in the body
    std::string_view word(std::size_t number) const;
    std::size_t find(std::string_view stem) const;  // words_: it is not there
    std::size_t end_of_entries(std::size_t word) const { return number(4 * (words_ + word)); }

    std::size_t words_ = 0;
    std::size_t entries_ = 0;
    std::string_view body_;
    std::string_view text_;
};

// Those that are part of the program (config/words): read when first asked for, by whoever comes first.
const OtherWords& built_in_other_words();

}  // namespace podbrief::search
