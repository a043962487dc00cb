//! Where sounds go: to the sound server of a Linux desktop, over its own protocol. Where there is none the game says nothing.

use std::sync::mpsc::{Receiver, Sender, channel};

use bevy::prelude::Resource;

/// Plays samples on a thread of its own, which begins with the first sound.
#[derive(Resource, Default)]
pub(super) struct Speaker {
    thread: Option<Sender<Vec<i16>>>,
    /// Nobody listens: there is no server, or no thread.
    silent: bool,
}

impl Speaker {
    /// Plays samples of one channel after those that are being played.
    pub(super) fn play(&mut self, samples: Vec<i16>) {
        if self.silent || samples.is_empty() {
            return;
        }
        if self.thread.is_none() {
            let (sender, sounds) = channel();
            let thread = std::thread::Builder::new().name("sound".to_owned());
            self.silent = thread.spawn(move || speak(&sounds)).is_err();
            self.thread = Some(sender);
        }
        // A thread that has found no server is gone.
        self.silent |= self.thread.as_ref().is_none_or(|thread| thread.send(samples).is_err());
    }
}

#[cfg(target_os = "linux")]
fn speak(sounds: &Receiver<Vec<i16>>) {
    use bevy::tasks::block_on;
    use pulseaudio::{AsPlaybackSource, Client, protocol};

    let Ok(client) = Client::from_env(c"Walled Gardens") else { return };
    while let Ok(samples) = sounds.recv() {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let mut played = 0;
        let source = move |room: &mut [u8]| {
            let some = room.len().min(bytes.len() - played);
            room[..some].copy_from_slice(&bytes[played..played + some]);
            played += some;
            some
        };
        let params = protocol::PlaybackStreamParams {
            sample_spec: protocol::SampleSpec {
                format: protocol::SampleFormat::S16Le,
                channels: 1,
                sample_rate: super::tones::RATE,
            },
            channel_map: protocol::ChannelMap::mono(),
            cvolume: Some(protocol::ChannelVolume::norm(1)),
            sink_name: Some(protocol::DEFAULT_SINK.to_owned()),
            ..Default::default()
        };
        let heard = block_on(async {
            let stream = client.create_playback_stream(params, source.as_playback_source()).await?;
            stream.play_all().await?;
            stream.delete().await
        });
        // The server is gone, or wants nothing of it.
        if heard.is_err() {
            return;
        }
    }
}

/// Nothing is played elsewhere yet.
#[cfg(not(target_os = "linux"))]
fn speak(_: &Receiver<Vec<i16>>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_listens_nothing_is_said_and_nothing_fails() {
        let mut speaker = Speaker::default();
        for _ in 0..50 {
            speaker.play(vec![0; 10]);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        speaker.play(Vec::new());
    }
}
