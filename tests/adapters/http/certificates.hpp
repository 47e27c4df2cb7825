#pragma once
#include <chrono>
#include <string>
#include <vector>

// A throwaway certificate authority, made anew in each run.
namespace podbrief::net::testing {

struct Certificate {
    std::string certificate_pem;
    std::string key_pem;
};

struct CertificateRequest {
    std::vector<std::string> names;     // "DNS:feeds.test", "IP:127.0.0.1"
    std::chrono::hours valid_from{-1};  // from now
    std::chrono::hours valid_until{24};
    bool self_signed = false;
    bool sha1 = false;
};

class CertificateAuthority {
public:
    explicit CertificateAuthority(const std::string& name = "podbrief test authority");
    const std::string& pem() const { return root_.certificate_pem; }
    Certificate issue(const CertificateRequest& request) const;

private:
    Certificate root_;
};

}  // namespace podbrief::net::testing
