#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::commands {

// A typed line cut into words, for the grammar.
struct Word {
    std::string folded;     // for comparing: folded, without punctuation around it
    std::size_t begin = 0;  // bytes in the line
    std::size_t end = 0;
};

class TypedLine {
public:
    explicit TypedLine(std::string line);  // white space folded already

    std::size_t size() const { return words_.size(); }
    bool empty() const { return words_.empty(); }
    const std::string& word(std::size_t i) const { return words_[i].folded; }

    // The line begins (ends) with these words, parted by single spaces.
    bool begins_with(std::string_view phrase) const { return match_at(0, phrase) > 0; }
    bool ends_with(std::string_view phrase) const;
    // How many words `phrase` has if the line holds it at word `first`, else 0.
    std::size_t match_at(std::size_t first, std::string_view phrase) const;

    void drop_front(std::size_t count);
    void drop_back(std::size_t count);

    // As typed from word `first` on, without punctuation and quotation marks around it.
    std::string text_from(std::size_t first) const;
    // The same for searching, where what stands in quotation marks must be said so: these are kept when all are closed.
    std::string topic_from(std::size_t first) const;
    // The words from `first` on are a number from 1 to 99: "3", "#3", "no. 3", "the third one", "three".
    std::optional<int> number_from(std::size_t first) const;
    // A number at word `first`, whatever follows it; `used` gets how many words it took.
    std::optional<int> number_at(std::size_t first, std::size_t& used) const;

private:
    std::string line_;
    std::vector<Word> words_;
};

// Edits (a letter more, less, other, or two swapped) between two short ASCII words.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace podbrief::commands
