#include <linux/magic.h>
#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include "core/base/text.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

// Magic numbers of network and cluster file systems (statfs(2); those that linux/magic.h lacks are from their
// own sources).
constexpr std::array<std::uint32_t, 20> network_magics = {
    NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC, NCP_SUPER_MAGIC,   V9FS_MAGIC,
    AFS_SUPER_MAGIC, AFS_FS_MAGIC,    CODA_SUPER_MAGIC, CEPH_SUPER_MAGIC, OCFS2_SUPER_MAGIC,
    0x0bd00bd0,  // Lustre
    0x47504653,  // GPFS
    0x01161970,  // GFS2
    0x19830326,  // BeeGFS
    0xaad7aaea,  // PanFS
    0x786f4256,  // VirtualBox shared folders
    0xbacbacbc,  // VMware shared folders
    0x013111a8,  // IBRIX
    0x20030528,  // OrangeFS
};

fs::path nearest_existing(fs::path path) {
  std::error_code error;
  path = fs::absolute(path, error);
  while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  return fs::canonical(path, error);
}

// The type of the mount that holds `path`: field after " - " in proc(5)'s mountinfo, longest mount point
// wins.
std::string mount_type(const fs::path& path) {
  std::ifstream mounts("/proc/self/mountinfo");
  std::string line, type;
  std::size_t longest = 0;
  while (std::getline(mounts, line)) {
    const auto fields = split_blanks(line);
    const auto dash = std::ranges::find(fields, std::string_view("-"));
    if (fields.size() < 5 || dash == fields.end() || std::next(dash) == fields.end()) continue;
    const fs::path mount_point(fields[4]);
    const bool holds = std::ranges::mismatch(mount_point, path).in1 == mount_point.end();
    if (!holds || fields[4].size() < longest) continue;
    longest = fields[4].size();
    type = *std::next(dash);
  }
  return type;
}

}  // namespace

FileSystemKind file_system_kind(const fs::path& path) {
  const fs::path existing = nearest_existing(path);
  struct statfs status {};
  if (::statfs(existing.c_str(), &status) != 0) return FileSystemKind::local;
  const auto magic = static_cast<std::uint32_t>(status.f_type);
  // FUSE is sshfs and cloud drives as well as NTFS on a local disk ("fuseblk"). Where in doubt the slower
  // journal is safe.
  if (magic == FUSE_SUPER_MAGIC)
    return mount_type(existing) == "fuseblk" ? FileSystemKind::local : FileSystemKind::network;
  return std::ranges::find(network_magics, magic) != network_magics.end() ? FileSystemKind::network
                                                                          : FileSystemKind::local;
}

}  // namespace sweepmark
