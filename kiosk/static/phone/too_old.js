/** Only a browser without modules runs this. */
window.sayTooOld();
