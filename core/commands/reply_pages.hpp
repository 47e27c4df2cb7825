#pragma once
#include <string>

#include "core/model/reply.hpp"

namespace podbrief::commands {

// Replies about a reader's own pages on the web. `address`: "https://brief.example.org/b/KEY", a secret of the reader.
Reply page_reply(const std::string& address, bool others_ended);
Reply pages_ended(int count);
Reply no_pages_here();  // this installation has no web server

}  // namespace podbrief::commands
