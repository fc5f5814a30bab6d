let audio = null;

function beep(frequency, seconds) {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) {
        return;
    }
    audio = audio || new Context();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.15;
    tone.frequency.value = frequency;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + seconds);
}

/** Heard and felt with gloves on: short and high when it is right. */
export function signalRight() {
    navigator.vibrate?.(60);
    beep(1200, 0.1);
}

/** Long and low when it is wrong. */
export function signalWrong() {
    navigator.vibrate?.([250, 80, 250]);
    beep(220, 0.5);
}
