#pragma once
#include <functional>
#include <string>

namespace podbrief::bot::bench {

// A process of our own beside this one, so that its memory is its own, with a line of text to and fro. To be made
// before this process has threads.
class Child {
public:
    // Within the child, each once.
    struct Talk {
        std::function<std::string()> hear;            // waits for the line that the parent says
        std::function<void(const std::string&)> say;  // one line
    };
    // `work` runs in the child and gives its exit code; the child ends with it, without unwinding what the parent
    // made. Throws ExitError.
    explicit Child(const std::function<int(const Talk&)>& work);
    // Asks the child to end (SIGTERM), and ends it by force if it has not within some seconds. The child ends with its
    // parent in any case.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void say(const std::string& line) const;
    // The child's line. Throws ExitError when none comes in `limit_s`, or the child ended.
    std::string hear(int limit_s) const;

private:
    int socket_ = -1;
    int process_ = -1;
};

}  // namespace podbrief::bot::bench
