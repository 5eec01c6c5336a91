trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
was=$(stty -g <&3)
echo >&4
exec 4>&-
on=1
while read -r word; do
	case $word in
	over) exit ;;
	away) on=0 ;;
	back) on=1 ;;
	esac
done
[ $on = 1 ] || exit
printf '%s\r\n%s\r\n' "$1" "$2"
sleep 0.3 2>&- || sleep 1
case $(stty -a <&3) in
*-opost*) stty "${was:-sane}" <&3 ;;
esac
