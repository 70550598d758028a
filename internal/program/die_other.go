//go:build !linux

package program

import "syscall"

func dieTogether() *syscall.SysProcAttr { return nil }
