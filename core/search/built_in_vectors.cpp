// The file of word vectors as a part of the program. CMake says where it is (PODBRIEF_VECTORS_FILE).
#include "core/search/text_vectors.hpp"

asm(R"(
    .pushsection .rodata
    .balign 16
    .globl podbrief_vectors_begin
    .globl podbrief_vectors_end
podbrief_vectors_begin:
    .incbin ")" PODBRIEF_VECTORS_FILE R"("
podbrief_vectors_end:
    .byte 0
    .popsection
)");

extern "C" {
extern const char podbrief_vectors_begin[];
extern const char podbrief_vectors_end[];
}

namespace podbrief::search {

const TextVectors& built_in_vectors() {
    static const AveragedWords vectors(
        {podbrief_vectors_begin, static_cast<std::size_t>(podbrief_vectors_end - podbrief_vectors_begin)});
    return vectors;
}

}  // namespace podbrief::search
