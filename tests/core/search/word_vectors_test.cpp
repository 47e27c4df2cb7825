#include "core/search/word_vectors.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "tests/core/search/vector_file.hpp"

namespace podbrief::search {
namespace {

VectorFile two_words() {
    VectorFile file(3);
    file.add("chip", {1, 2, -3}, 0.5F).add("export", {0, 127, -127});
    return file;
}

std::string refusal(const std::string& bytes) {
    try {
        const WordVectors words(bytes);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(WordVectors, AddTheRowOfAStemTimesItsScale) {
    const std::string bytes = two_words().bytes();
    const WordVectors words(bytes);
    EXPECT_EQ(words.size(), 2U);
    EXPECT_EQ(words.dimension(), 3U);
    EXPECT_EQ(words.model(), "test");
    std::vector<float> sum(3, 1.0F);
    EXPECT_TRUE(words.add("chip", sum));
    EXPECT_EQ(sum, (std::vector<float>{1.5F, 2.0F, -0.5F}));
    EXPECT_FALSE(words.add("chips", sum)) << "only stems are kept";
    EXPECT_FALSE(words.add("", sum));
    EXPECT_EQ(sum, (std::vector<float>{1.5F, 2.0F, -0.5F}));
}

TEST(WordVectors, FindEveryWordOfMany) {
    VectorFile file(1);
    for (int i = 0; i < 5000; ++i) file.add("w" + std::to_string(i), {static_cast<std::int8_t>(i % 100)});
    const std::string bytes = file.bytes();
    const WordVectors words(bytes);
    for (int i = 0; i < 5000; ++i) {
        std::vector<float> sum(1);
        ASSERT_TRUE(words.add("w" + std::to_string(i), sum)) << i;
        ASSERT_EQ(sum[0], static_cast<float>(i % 100)) << i;
    }
    EXPECT_FALSE(words.knows("w5000"));
}

TEST(WordVectors, TellWhatIsWrongWithADamagedFile) {
    const std::string good = two_words().bytes();
    ASSERT_EQ(refusal(good), "");
    EXPECT_EQ(refusal(""), "word vectors: the file is cut off in its header");
    EXPECT_EQ(refusal(good.substr(0, 50)), "word vectors: the file is cut off in its header");
    EXPECT_EQ(refusal(good.substr(0, good.size() - 1)), "word vectors: the file is not as long as its header says");
    EXPECT_EQ(refusal(good + "x"), "word vectors: the file is not as long as its header says");
    EXPECT_EQ(refusal("x" + good.substr(1)), "word vectors: this is no file of word vectors");
    std::string newer = good;
    newer[16] = 2;
    EXPECT_EQ(refusal(newer), "word vectors: version 2 of the format is not known");
    std::string empty = good;
    empty[20] = 0;
    EXPECT_EQ(refusal(empty), "word vectors: the header makes no sense");
    EXPECT_EQ(refusal(VectorFile(1).add("twice", {1}).add("twice", {2}).bytes()), "word vectors: a word comes twice");
    EXPECT_EQ(refusal(VectorFile(1).add("", {1}).bytes()), "word vectors: its words make no sense");
    EXPECT_EQ(refusal(VectorFile(1).add("a", {1}, std::numeric_limits<float>::infinity()).bytes()),
              "word vectors: its words make no sense");
}

TEST(WordVectors, RefuseAFileWithAnyByteOfItsBodyChanged) {
    const std::string good = two_words().bytes();
    for (std::size_t at = 0; at < good.size(); ++at) {
        if (at >= 32 && at < 64) continue;  // the model's name: free text
        std::string damaged = good;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        EXPECT_NE(refusal(damaged), "") << at;
    }
}

}  // namespace
}  // namespace podbrief::search
