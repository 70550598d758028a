package main
import ("testing";"fmt";"ronda/internal/program")
func TestName(t *testing.T){ root,_:=program.Root(); for _,k:=range kinds { s,_:=formOf(root,k); fmt.Println(k.name,s)}}
