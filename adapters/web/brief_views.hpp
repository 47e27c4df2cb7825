#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/page.hpp"
#include "adapters/web/shell.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"

namespace podbrief::web {

// How a reader's briefs are shown; pure. What is in them is the reply that chats show too.

struct ShownBrief {
    Brief brief;
    Reply reply;
    int withdrawn = 0;  // of its insights, since
};

struct ShownBriefs {
    Reader reader;
    std::string site;                // "https://brief.example.org"
    std::string address;             // "/b/KEY"
    std::vector<ShownBrief> briefs;  // what is shown, newest first
    std::vector<std::string> days;   // keys of all there are, newest first
    WallTime now{};
};

// The part of an address that names a brief: "2026-03-12-2" for the key "2026-03-12#2"; and back ("": no such).
std::string day_path(std::string_view brief_key);
std::string key_of_day_path(std::string_view path);

Page brief_page(Shell& shell, const ShownBriefs& what);  // of the first
Page brief_feed(Shell& shell, const ShownBriefs& what);  // RSS 2.0
Page brief_documents(const ShownBriefs& what);           // JSON

}  // namespace podbrief::web
