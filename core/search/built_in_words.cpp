// The file of other words as a part of the program. CMake says where it is (PODBRIEF_WORDS_FILE).
#include "core/search/other_words.hpp"

asm(R"(
    .pushsection .rodata
    .balign 16
    .globl podbrief_words_begin
    .globl podbrief_words_end
podbrief_words_begin:
    .incbin ")" PODBRIEF_WORDS_FILE R"("
podbrief_words_end:
    .byte 0
    .popsection
)");

extern "C" {
extern const char podbrief_words_begin[];
extern const char podbrief_words_end[];
}

namespace podbrief::search {

const OtherWords& built_in_other_words() {
    static const OtherWords words(
        {podbrief_words_begin, static_cast<std::size_t>(podbrief_words_end - podbrief_words_begin)});
    return words;
}

}  // namespace podbrief::search
