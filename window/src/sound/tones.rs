//! Sounds as they are worked out: partials that ring and fade.

use std::f32::consts::TAU;

use crate::desk::Sound;

/// Samples a second.
pub(super) const RATE: u32 = 44_100;
/// Loudest that anything gets, of what a loudspeaker can.
const LOUD: f32 = 0.35;
/// Seconds from the beginning of one sound to that of the next.
const APART: f32 = 0.22;
/// Seconds in which a partial sets in: at once would crack.
const SET_IN: f32 = 0.004;

/// A partial: when it begins, its pitch there and where it glides to within its time, how long it takes to fade to a third, how loud it is.
struct Partial {
    from: f32,
    pitch: f32,
    glide: f32,
    fade: f32,
    loud: f32,
}

/// A partial that keeps its pitch.
const fn rings(from: f32, pitch: f32, fade: f32, loud: f32) -> Partial {
    Partial { from, pitch, glide: 1.0, fade, loud }
}

fn partials(sound: Sound) -> Vec<Partial> {
    match sound {
        // Two notes of a clock.
        Sound::Month => {
            vec![rings(0.0, 392.0, 0.12, 0.5), rings(0.1, 523.3, 0.2, 0.5), rings(0.1, 1046.5, 0.1, 0.1)]
        }
        // A gate swings up.
        Sound::Gate => vec![
            Partial { from: 0.0, pitch: 196.0, glide: 1.5, fade: 0.25, loud: 0.45 },
            Partial { from: 0.05, pitch: 294.0, glide: 1.5, fade: 0.25, loud: 0.35 },
        ],
        // Stones fall: low, and in no key.
        Sound::Wall => vec![
            Partial { from: 0.0, pitch: 110.0, glide: 0.5, fade: 0.12, loud: 0.7 },
            Partial { from: 0.09, pitch: 83.0, glide: 0.6, fade: 0.16, loud: 0.6 },
            rings(0.0, 171.0, 0.05, 0.2),
            rings(0.09, 233.0, 0.04, 0.15),
        ],
        // A coin on another.
        Sound::Coin => vec![
            rings(0.0, 1975.5, 0.05, 0.3),
            rings(0.07, 2637.0, 0.18, 0.35),
            rings(0.07, 5274.0, 0.06, 0.08),
        ],
        // The partials of a bell are no harmonics.
        Sound::Bell => vec![
            rings(0.0, 659.3, 0.5, 0.4),
            rings(0.0, 659.3 * 2.0, 0.3, 0.2),
            rings(0.0, 659.3 * 2.76, 0.2, 0.12),
            rings(0.0, 659.3 * 5.4, 0.08, 0.06),
        ],
    }
}

/// Sounds one after the other, each beginning while the last still rings, as samples of one channel.
pub(super) fn together(sounds: &[Sound]) -> Vec<i16> {
    let mut all: Vec<f32> = Vec::new();
    for (place, &sound) in sounds.iter().enumerate() {
        let from = (place as f32 * APART * RATE as f32) as usize;
        let samples = samples(sound);
        all.resize(all.len().max(from + samples.len()), 0.0);
        all[from..].iter_mut().zip(samples).for_each(|(sum, sample)| *sum += sample);
    }
    // However much rings at once, nothing is cut off.
    all.into_iter().map(|sample| (libm::tanhf(sample) * LOUD * f32::from(i16::MAX)) as i16).collect()
}

fn samples(sound: Sound) -> Vec<f32> {
    let partials = partials(sound);
    // After seven times the fading a partial is a thousandth of itself.
    let end = partials.iter().map(|partial| partial.from + 7.0 * partial.fade).fold(0.0, f32::max);
    let mut samples = vec![0.0; (end * RATE as f32) as usize];
    for Partial { from, pitch, glide, fade, loud } in partials {
        let begin = (from * RATE as f32) as usize;
        let mut phase = 0.0_f32;
        for (place, sample) in samples.iter_mut().skip(begin).enumerate() {
            let time = place as f32 / RATE as f32;
            let envelope = (time / SET_IN).min(1.0) * libm::expf(-time / fade);
            *sample += loud * envelope * libm::sinf(phase);
            let now = pitch * libm::powf(glide, (time / (2.0 * fade)).min(1.0));
            phase = (phase + TAU * now / RATE as f32) % TAU;
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Sound; 5] = [Sound::Month, Sound::Gate, Sound::Wall, Sound::Coin, Sound::Bell];

    #[test]
    fn every_sound_is_heard_fades_away_and_is_another_than_the_others() {
        let heard = ALL.map(|sound| together(&[sound]));
        for samples in &heard {
            let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
            assert!((2_000..12_000).contains(&loudest), "{loudest}");
            let seconds = samples.len() as f32 / RATE as f32;
            assert!((0.2..4.0).contains(&seconds), "{seconds} s");
            assert!(samples[0].unsigned_abs() < 50, "it would crack");
            assert!(samples.iter().rev().take(200).all(|sample| sample.unsigned_abs() < 60), "it is cut off");
        }
        for (place, one) in heard.iter().enumerate() {
            assert!(heard[..place].iter().all(|other| other != one));
        }
    }

    #[test]
    fn many_sounds_at_once_are_one_after_the_other_and_no_louder_than_may_be() {
        let all = together(&ALL);
        assert!(all.len() > together(&ALL[..1]).len());
        assert!(all.iter().all(|sample| f32::from(sample.unsigned_abs()) <= LOUD * f32::from(i16::MAX)));
        assert!(together(&[]).is_empty());
    }
}
