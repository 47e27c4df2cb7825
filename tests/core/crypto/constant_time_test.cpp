// RELIABILITY row 94, its structure: how long a comparison of signatures takes tells nothing of where they differ. The
// figure is measured by tests/bench/signature_timing.cpp; a test must not depend on how busy a machine is.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "core/crypto/signatures.hpp"

namespace podbrief::crypto {
namespace {

// A text of which the bytes from `readable` on cannot be read: whoever looks at one of them is killed.
class HalfHidden {
public:
    HalfHidden(const std::string& text, std::size_t readable) : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
        void* const made = mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (made == MAP_FAILED) throw std::runtime_error("no memory");
        begin_ = static_cast<char*>(made);
        char* const at = begin_ + page_ - readable;
        std::copy(text.begin(), text.end(), at);
        if (mprotect(begin_ + page_, page_, PROT_NONE) != 0) throw std::runtime_error("cannot hide a page");
        view_ = std::string_view(at, text.size());
    }
    ~HalfHidden() { munmap(begin_, 2 * page_); }
    HalfHidden(const HalfHidden&) = delete;
    HalfHidden& operator=(const HalfHidden&) = delete;
    std::string_view view() const { return view_; }

private:
    std::size_t page_;
    char* begin_ = nullptr;
    std::string_view view_;
};

const std::string signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

TEST(ConstantTime, TellsEqualFromDifferent) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time(signature, std::string(signature)));
    EXPECT_FALSE(equal_in_constant_time(signature, signature.substr(1)));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
    EXPECT_FALSE(equal_in_constant_time(std::string("a\0b", 3), std::string("a\0c", 3)));
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        std::string other = signature;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(equal_in_constant_time(signature, other)) << "bit " << bit;
    }
}

// A comparison that ends at the first difference would never get to the hidden bytes, and live.
TEST(ConstantTimeDeathTest, LooksAtTheLastByteAlthoughTheFirstDiffers) {
    std::string other = signature;
    other[0] = 'x';
    const HalfHidden hidden(other, other.size() - 1);
    EXPECT_DEATH((void)equal_in_constant_time(signature, hidden.view()), "");
    EXPECT_DEATH((void)equal_in_constant_time(hidden.view(), signature), "");
    const HalfHidden whole(other, other.size());
    EXPECT_FALSE(equal_in_constant_time(signature, whole.view())) << "what is not hidden is compared as ever";
}

TEST(ConstantTimeDeathTest, LooksAtEachByteAlthoughTheFirstDiffers) {
    std::string other = signature;
    other[0] = 'x';
    for (const std::size_t hidden_from : {1, 2, 7, 8, 31, 32, 64}) {
        const HalfHidden hidden(other, hidden_from);
        EXPECT_DEATH((void)equal_in_constant_time(signature, hidden.view()), "") << hidden_from;
    }
}

}  // namespace
}  // namespace podbrief::crypto
