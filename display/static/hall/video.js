/**
 * The video on the stage follows the chair: it runs and stands when he says so, from where he says.
 *
 * A browser lets no video sound before somebody has touched its page.  Then it runs silently, the slide says so, and
 * the first touch brings the sound.
 */

const PLACED = Symbol("placed");
const HAS_LENGTH = 1; // readyState: how long it is is known, and it can be placed

export class Playback {
  /** Of the videos in `box`. */
  constructor(box) {
    this.box = box;
    this.asking = false;
    addEventListener("pointerdown", () => this.sound());
    addEventListener("keydown", () => this.sound());
  }

  /** As it should be at `now`, the server's time. */
  follow(now) {
    const videos = [...this.box.querySelectorAll("video")];
    const video = videos.pop();
    for (const before of videos) before.pause(); // of the slide that fades
    if (!video) return;
    const { started, played } = video.dataset;
    const runs = started !== "";
    if (video.readyState >= HAS_LENGTH && video[PLACED] !== `${started}/${played}`) {
      video[PLACED] = `${started}/${played}`;
      const at = (Number(played) + (runs ? Math.max(0, now - Number(started)) : 0)) / 1000;
      // Some recordings do not tell how long they are.
      video.currentTime = Number.isFinite(video.duration) ? Math.min(at, video.duration) : at;
    }
    if (!runs && !video.paused) video.pause();
    if (runs && video.paused && !video.ended && !this.asking) this.play(video);
  }

  async play(video) {
    this.asking = true;
    try {
      await video.play();
    } catch (error) {
      // Not without a touch, then: the next tick tries again without sound.  What cannot be played the slide says.
      if (error.name === "NotAllowedError") video.muted = true;
    }
    this.asking = false;
    this.tell(video);
  }

  sound() {
    for (const video of this.box.querySelectorAll("video")) {
      video.muted = false;
      this.tell(video);
    }
  }

  tell(video) {
    if (video.parentElement) video.parentElement.classList.toggle("silent", video.muted);
  }
}
