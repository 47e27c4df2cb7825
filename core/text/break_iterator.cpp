#include "core/text/break_iterator.hpp"

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <array>
#include <stdexcept>

namespace podbrief::text {

struct BreakIterator::Cached {
    std::unique_ptr<icu::BreakIterator> rules;
    UText text = UTEXT_INITIALIZER;

    ~Cached() { utext_close(&text); }
};

BreakIterator::Cached& BreakIterator::cached(Kind kind) {
    thread_local std::array<Cached, 3> kept;
    Cached& one = kept[static_cast<std::size_t>(kind)];
    if (one.rules) return one;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale& locale = icu::Locale::getEnglish();
    switch (kind) {
        case Kind::grapheme:
            one.rules.reset(icu::BreakIterator::createCharacterInstance(locale, status));
            break;
        case Kind::word:
            one.rules.reset(icu::BreakIterator::createWordInstance(locale, status));
            break;
        case Kind::sentence:
            one.rules.reset(icu::BreakIterator::createSentenceInstance(locale, status));
            break;
    }
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no text boundary data");
    return one;
}

BreakIterator::BreakIterator(Kind kind, std::string_view utf8) : iterator_(&cached(kind)), size_(utf8.size()) {
    UErrorCode status = U_ZERO_ERROR;
    const char* bytes = utf8.empty() ? "" : utf8.data();
    utext_openUTF8(&iterator_->text, bytes, static_cast<int64_t>(utf8.size()), &status);
    iterator_->rules->setText(&iterator_->text, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU cannot read the text");
}

BreakIterator::~BreakIterator() {
    // The rules keep a copy of the text's description: point it away from bytes that may go.
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&iterator_->text, "", 0, &status);
    iterator_->rules->setText(&iterator_->text, status);
}

std::size_t BreakIterator::next() {
    const int32_t at = iterator_->rules->next();
    return at == icu::BreakIterator::DONE ? done : static_cast<std::size_t>(at);
}

std::size_t BreakIterator::at_or_before(std::size_t offset) {
    if (offset >= size_) return size_;
    if (iterator_->rules->isBoundary(static_cast<int32_t>(offset))) return offset;
    const int32_t at = iterator_->rules->preceding(static_cast<int32_t>(offset));
    return at == icu::BreakIterator::DONE ? 0 : static_cast<std::size_t>(at);
}

bool BreakIterator::was_word() const {
    return iterator_->rules->getRuleStatus() >= UBRK_WORD_NUMBER;
}

}  // namespace podbrief::text
