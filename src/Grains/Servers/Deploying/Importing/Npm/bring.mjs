// Runs in the build jail, and nowhere else. npm brings one package of the registry and what it depends on, runs no
// script of theirs, and makes no links. Then each file goes to standard output: the length of its head (4 bytes, big
// endian), the head (JSON), its content. An empty head says that these were all.
import { spawnSync } from 'node:child_process';
import { closeSync, lstatSync, openSync, readdirSync, readSync, writeFileSync, writeSync } from 'node:fs';

const noNpm = 101;
const npmFailed = 102;
const chunk = Buffer.alloc(256 * 1024);
const { name, range } = JSON.parse(process.env.SMCP_PACKAGE);

writeFileSync('package.json', JSON.stringify({ private: true, dependencies: { [name]: range } }));
const npm = spawnSync('npm', ['install'], { stdio: ['ignore', 2, 2] });
if (npm.error) process.exit(noNpm);
if (npm.status !== 0) process.exit(npmFailed);
send('package.json');
send('package-lock.json');
sendAll('node_modules');
write(Buffer.alloc(4), 4);

function sendAll(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) sendAll(path);
    else if (entry.isFile() && path !== 'node_modules/.package-lock.json') send(path);
  }
}

function send(path) {
  const file = openSync(path, 'r');
  const { size, mode } = lstatSync(path);
  const head = Buffer.from(JSON.stringify({ path, bytes: size, isExecutable: (mode & 0o111) !== 0 }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  write(length, 4);
  write(head, head.length);
  for (let left = size; left > 0;) {
    const read = readSync(file, chunk, 0, Math.min(left, chunk.length), null);
    if (read === 0) throw new Error('A file became shorter.');
    write(chunk, read);
    left -= read;
  }
  closeSync(file);
}

function write(buffer, length) {
  for (let at = 0; at < length;) at += writeSync(1, buffer, at, length - at);
}
