$ErrorActionPreference='SilentlyContinue'
Add-Type -AssemblyName System.Speech
$s=New-Object System.Speech.Synthesis.SpeechSynthesizer
if($env:LULL_VOICE_NAME){$s.SelectVoice($env:LULL_VOICE_NAME)}
elseif($env:LULL_VOICE_LANGUAGE){foreach($i in $s.GetInstalledVoices()){
if($i.Enabled -and $i.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $env:LULL_VOICE_LANGUAGE){$s.SelectVoice($i.VoiceInfo.Name);break}}}
$s.Rate=[int]$env:LULL_VOICE_RATE
$s.Volume=[int]$env:LULL_VOICE_VOLUME
$p=New-Object System.Media.SoundPlayer
while(($l=[Console]::In.ReadLine()) -ne $null){
$s.SpeakAsyncCancelAll();$p.Stop()
$w=$l.Split(' ')
if($w.Length -lt 2){continue}
$t=[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($w[1]))
if($w[0] -eq 'say'){[void]$s.SpeakAsync($t)}
if($w[0] -eq 'play'){$p.SoundLocation=$t;$p.Play()}
}
