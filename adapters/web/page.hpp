#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/compress.hpp"
#include "core/model/time.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::web {

// What stands at a path, before it is known who asks and how.
struct Page {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string bytes;
    // Cache-Control as sent. Public pages may be kept by anybody for a minute and be shown while they are asked for
    // again; private ones say "private, no-store".
    std::string cache = "public, max-age=60, stale-while-revalidate=600";
    std::optional<WallTime> modified;
    std::vector<HttpHeader> headers;  // further ones: Location, Allow, Retry-After
};

// A page with what is made of it once and sent many times.
class ReadyPage {
public:
    // `effort` of compressing it: fast when it is first asked for, and as told here when it is asked for again.
    explicit ReadyPage(Page page, Effort effort = Effort::fast);

    // The answer to this request: 304 where the client has it, compressed as it likes. Without security headers.
    ServerResponse answer(const ServerRequest& request);
    const Page& page() const { return page_; }
    const std::string& etag() const { return etag_; }
    std::size_t bytes() const;  // held in memory

private:
    const std::string& body_as(Encoding encoding);

    Page page_;
    Effort effort_;
    bool compressible_ = false;
    std::string etag_;  // W/"...": the same for every encoding
    std::string modified_;
    struct Packed {
        std::string bytes;  // empty: not asked for yet
        Effort effort = Effort::fast;
    };
    std::array<Packed, 2> packed_;  // gzip, br
};

// Of the first header of that name, whatever the case; empty: none.
std::string_view header_of(const ServerRequest& request, std::string_view name);

}  // namespace podbrief::web
