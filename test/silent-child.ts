// A child that takes work and never answers.
process.on('message', () => {});
