// The files of config/web as a part of the program. CMake lists them (PODBRIEF_EMBEDDED_LIST), each as
// PODBRIEF_EMBEDDED(name, path).
#include "adapters/web/embedded_files.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

// Rows of three words: where the name ends in a zero, where the bytes begin, how many they are. Positions are relative
// to the row, so that no relocation is needed.
asm(R"(
    .pushsection .rodata
    .balign 8
    .globl podbrief_web_files_begin
podbrief_web_files_begin:
    .popsection
)");
#define PODBRIEF_EMBEDDED(name, path) \
    asm(".pushsection .rodata\n"      \
        ".balign 8\n"                 \
        "1: .quad 2f - 1b\n"          \
        " .quad 3f - 1b\n"            \
        " .quad 4f - 3f\n"            \
        " .quad 5f - 1b\n"            \
        "2: .asciz \"" name           \
        "\"\n"                        \
        "3: .incbin \"" path          \
        "\"\n"                        \
        "4: .byte 0\n"                \
        ".balign 8\n"                 \
        "5:\n"                        \
        ".popsection\n");
#include PODBRIEF_EMBEDDED_LIST
asm(R"(
    .pushsection .rodata
    .balign 8
    .globl podbrief_web_files_end
podbrief_web_files_end:
    .byte 0
    .popsection
)");

extern "C" {
extern const char podbrief_web_files_begin[];
extern const char podbrief_web_files_end[];
}

namespace podbrief::web {

const std::vector<EmbeddedFile>& embedded_files() {
    static const std::vector<EmbeddedFile> files = [] {
        std::vector<EmbeddedFile> found;
        const char* row = podbrief_web_files_begin;
        while (row < podbrief_web_files_end) {
            const auto* words = reinterpret_cast<const std::int64_t*>(row);
            found.push_back({std::string_view(row + words[0]), {row + words[1], static_cast<std::size_t>(words[2])}});
            row += words[3];
        }
        return found;
    }();
    return files;
}

std::string_view embedded(std::string_view name) {
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.name == name) return file.bytes;
    }
    throw std::logic_error("no such file in config/web: " + std::string(name));
}

}  // namespace podbrief::web
