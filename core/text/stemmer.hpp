#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace podbrief::text {

// Stems of words with a memory of those met lately, one per thread: talk uses few words, often. The memory changes
// speed only, never results.
class Stemmer {
public:
    struct Found {
        std::string_view stem;  // valid until the next call
        bool stop = false;      // a stop word: `stem` is then the word folded
    };

    static Stemmer& of_this_thread();

    Found look_up(std::string_view word);

private:
    struct Entry {
        static constexpr std::size_t capacity = 30;
        std::uint8_t key_size = 0;
        std::uint8_t stem_size = 0;
        bool stop = false;
        char key[capacity];
        char stem[capacity];
    };
    static constexpr std::size_t entries = 1 << 14;

    Stemmer();
    ~Stemmer();
    bool work_out(std::string_view word);  // into work_; true: a stop word

    sb_stemmer* snowball_;
    std::unique_ptr<Entry[]> memory_;  // by hash of the word; a newcomer takes the place of whoever was there
    std::string work_;
};

}  // namespace podbrief::text
