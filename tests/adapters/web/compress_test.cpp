#include "adapters/web/compress.hpp"

#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <zlib.h>

namespace podbrief::web {
namespace {

TEST(AcceptEncoding, IsTakenAsTheClientWeighsIt) {
    const struct {
        const char* header;
        Encoding expected;
    } cases[] = {
        {"", Encoding::identity},
        {"gzip, deflate, br", Encoding::br},
        {"gzip", Encoding::gzip},
        {"GZIP;q=1.0", Encoding::gzip},
        {"br;q=0.2, gzip;q=0.8", Encoding::gzip},
        {"br;q=0, gzip", Encoding::gzip},
        {"br;q=0, gzip;q=0", Encoding::identity},
        {"*", Encoding::br},
        {"*;q=0", Encoding::identity},
        {"br;q=0, *;q=0.5", Encoding::gzip},
        {"identity, gzip;q=0.5", Encoding::identity},
        {"gzip;q=banana", Encoding::identity},
        {"deflate", Encoding::identity},
        {";;;,,,=", Encoding::identity},
    };
    for (const auto& c : cases) EXPECT_EQ(preferred_encoding(c.header), c.expected) << c.header;
}

TEST(Compressed, IsReadBackByTheLibrariesThatClientsUse) {
    std::string text;
    for (int i = 0; i < 2'000; ++i) text += "line " + std::to_string(i * i) + "\n";
    for (const Effort effort : {Effort::fast, Effort::small}) {
        const std::string br = compressed(text, Encoding::br, effort);
        std::string out(text.size(), '\0');
        std::size_t size = out.size();
        ASSERT_EQ(BrotliDecoderDecompress(br.size(), reinterpret_cast<const std::uint8_t*>(br.data()), &size,
                                          reinterpret_cast<std::uint8_t*>(out.data())),
                  BROTLI_DECODER_RESULT_SUCCESS);
        EXPECT_EQ(out, text);

        const std::string gz = compressed(text, Encoding::gzip, effort);
        z_stream stream{};
        ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
        std::string inflated(text.size(), '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gz.data()));
        stream.avail_in = static_cast<uInt>(gz.size());
        stream.next_out = reinterpret_cast<Bytef*>(inflated.data());
        stream.avail_out = static_cast<uInt>(inflated.size());
        EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
        inflateEnd(&stream);
        EXPECT_EQ(inflated, text);
        EXPECT_LT(br.size(), text.size() / 2);
        EXPECT_LT(gz.size(), text.size() / 2);
    }
}

}  // namespace
}  // namespace podbrief::web
