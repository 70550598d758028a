package program

import "syscall"

// dieTogether has the kernel kill the process when its parent ends, however
// that happens.
func dieTogether() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
