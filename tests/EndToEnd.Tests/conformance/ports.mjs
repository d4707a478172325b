// Imported before the suite: where its servers would listen on any port, they listen on those of SUITE_PORTS, one after
// the other, so that they can be named before it runs.
import { Server } from 'node:net';

const ports = process.env.SUITE_PORTS.split(' ').map(Number);
const { listen } = Server.prototype;

Server.prototype.listen = function listenOnOurs(port, ...rest) {
  return listen.call(this, port === 0 ? ports.shift() : port, ...rest);
};
