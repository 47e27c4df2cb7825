#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

namespace podbrief::text {

// ICU's boundaries over UTF-8 bytes, which are not copied and must outlive the object. ICU's own iterators are
// expensive to make, so each thread keeps one of each kind: no two BreakIterators of one kind at a time in a thread.
class BreakIterator {
public:
    enum class Kind { grapheme, word, sentence };
    static constexpr std::size_t done = static_cast<std::size_t>(-1);

    BreakIterator(Kind kind, std::string_view utf8);
    ~BreakIterator();
    BreakIterator(const BreakIterator&) = delete;
    BreakIterator& operator=(const BreakIterator&) = delete;

    // The next boundary after the current one (0 at first), or done.
    std::size_t next();
    // The last boundary that is not after `offset`.
    std::size_t at_or_before(std::size_t offset);
    // Of a word iterator: whether the stretch that ended at the current boundary has letters or digits.
    bool was_word() const;

private:
    struct Cached;
    static Cached& cached(Kind kind);

    Cached* iterator_;
    std::size_t size_;
};

}  // namespace podbrief::text
