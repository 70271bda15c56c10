package main

import (
	"runtime"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// dataLimit ends memory bombs: the process dies at once and alone. RLIMIT_AS will not do, because
// Go reserves more than a gigabyte of addresses before it does anything.
const dataLimit = 512 << 20

// denied is everything that reaches out: network, programs, files, other processes, the kernel.
// Pipes that are open already, memory and threads are all that a render needs.
var denied = []string{
	"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
	"sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
	"execve", "execveat", "fork", "vfork", "clone3",
	"open", "openat", "openat2", "creat", "open_by_handle_at", "memfd_create", "memfd_secret",
	"truncate", "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
	"symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat",
	"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat",
	"utimensat", "setxattr", "lsetxattr", "fsetxattr",
	"mount", "umount2", "move_mount", "fsopen", "fsmount", "open_tree", "pivot_root", "chroot",
	"unshare", "setns", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open",
	"pidfd_getfd", "pidfd_send_signal", "kill", "bpf", "perf_event_open", "userfaultfd", "keyctl",
	"add_key", "request_key", "init_module", "finit_module", "delete_module", "kexec_load",
	"io_uring_setup", "io_uring_enter", "io_uring_register", "shmget", "shmat", "msgget", "semget",
	"inotify_init1", "fanotify_init", "setuid", "setgid", "setresuid", "setresgid",
}

// confine takes away, for good, everything a render does not need. Each part stands alone: an old
// kernel loses one of them, and hello says which.
func confine() confinement {
	c := confinement{MaxStack: maxStack}
	if err := limits(); err != nil {
		c.Missing = append(c.Missing, "memory limit: "+err.Error())
	} else {
		c.DataLimit = dataLimit
	}
	// No path is named, so none is allowed. Best effort would hide that there is no landlock at all.
	if err := landlock.V1.RestrictPaths(); err != nil {
		c.Missing = append(c.Missing, "landlock: "+err.Error())
	} else {
		c.Landlock = true
	}
	if err := filterSystemCalls(); err != nil {
		c.Missing = append(c.Missing, "seccomp: "+err.Error())
	} else {
		c.Seccomp = true
	}
	return c
}

func limits() error {
	for resource, value := range map[int]uint64{
		unix.RLIMIT_DATA: dataLimit,
		unix.RLIMIT_CORE: 0,
	} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: value, Max: value}); err != nil {
			return err
		}
	}
	return nil
}

func filterSystemCalls() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	info, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	// An unknown name would fail the whole filter, and names differ between architectures.
	var names []string
	for _, name := range denied {
		if _, known := info.SyscallNames[name]; known {
			names = append(names, name)
		}
	}
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionAllow,
			Syscalls: []seccomp.SyscallGroup{
				{Action: seccomp.ActionErrno, Names: names},
				{Action: seccomp.ActionErrno, NamesWithCondtions: []seccomp.NameWithConditions{{
					// A thread is a clone with CLONE_THREAD; without it, it is a process.
					Name: "clone",
					Conditions: []seccomp.Condition{{
						Argument: 0, Operation: seccomp.BitsNotSet, Value: unix.CLONE_THREAD,
					}},
				}}},
			},
		},
	})
}
