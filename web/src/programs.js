// How people and ties are drawn by WebGL.
//
// Not as sigma does, which draws one shape many times over ("instancing"): without a graphics card,
// as on many office machines, that takes some hundred times as long as the same corners in a row.
import { EdgeProgram, NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";
import { channels } from "./theme.js";

/** What the shaders need to know besides the data; one picture per page, so one of these. */
export const look = { ink: [0, 0, 0], smallest: 2.4, strength: 0.3, isMoving: false };

export function setInk(colour) {
  look.ink = channels(colour).map((value) => value / 255);
}

// A triangle around each disc; never smaller than a dot that can be seen.
const PERSON_VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_smallest;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
const float bias = 255.0 / 254.0;
void main() {
  // those who are not shown have no size at all
  float pixels = a_size > 0.0 ? max(a_size / u_sizeRatio, u_smallest) : 0.0;
  float size = pixels * u_correctionRatio * 4.0;
  vec2 diffVector = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + diffVector, 1)).xy, 0, 1);
  v_diffVector = diffVector;
  v_radius = size / 2.0;
  v_color = a_color;
  v_color.a *= bias;
}`;

// A disc with a darker edge, so that pale colours stand out and neighbours stay apart.
const PERSON_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
uniform float u_correctionRatio;
uniform vec3 u_ink;
void main(void) {
  float pixel = u_correctionRatio * 2.0;
  float inside = v_radius - length(v_diffVector);
  if (inside <= 0.0) discard;
  float edge = min(pixel * 1.1, v_radius * 0.3);
  float shade = 1.0 - smoothstep(edge, edge + pixel * 0.7, inside);
  vec3 colour = mix(v_color.rgb, u_ink, shade * 0.42);
  gl_FragColor = mix(vec4(0.0), vec4(colour, 1.0), clamp(inside / pixel, 0.0, 1.0));
}`;

const CORNERS = [0, (2 * Math.PI) / 3, (4 * Math.PI) / 3];

export class PersonProgram extends NodeProgram {
  constructor(gl, _pickingBuffer, renderer) {
    super(gl, null, renderer); // nothing is picked from pixels: see Picture
  }

  getDefinition() {
    const { FLOAT, TRIANGLES, UNSIGNED_BYTE } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: PERSON_VERTEX,
      FRAGMENT_SHADER_SOURCE: PERSON_FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_ink", "u_smallest"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_angle", size: 1, type: FLOAT },
      ],
    };
  }

  processVisibleItem(_index, start, { x, y, size, color }) {
    const colour = floatColor(color);
    CORNERS.forEach((angle, at) => this.array.set([x, y, size, colour, angle], start + 5 * at));
  }

  setUniforms({ matrix, sizeRatio, correctionRatio }, { gl, uniformLocations }) {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
    gl.uniform1f(uniformLocations.u_smallest, look.smallest);
    gl.uniform3fv(uniformLocations.u_ink, look.ink);
  }
}

const TIE_VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
uniform mat3 u_matrix;
uniform float u_strength;
varying vec4 v_color;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_color = a_color * u_strength;
}`;

const TIE_FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main(void) {
  gl_FragColor = v_color;
}`;

/** Thin lines. They rest while a large picture moves: sigma's own setting for that reads all data anew after each drag. */
export class TieProgram extends EdgeProgram {
  getDefinition() {
    const { FLOAT, LINES, UNSIGNED_BYTE } = WebGLRenderingContext;
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: TIE_VERTEX,
      FRAGMENT_SHADER_SOURCE: TIE_FRAGMENT,
      METHOD: LINES,
      UNIFORMS: ["u_matrix", "u_strength"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(_index, start, one, other, { color }) {
    const colour = floatColor(color);
    this.array.set([one.x, one.y, colour, other.x, other.y, colour], start);
  }

  setUniforms({ matrix, zoomRatio }, { gl, uniformLocations }) {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    // the nearer one is, the fewer lie on top of each other
    const nearer = Math.max(1, 1 / Math.sqrt(zoomRatio) ** 1.5);
    gl.uniform1f(uniformLocations.u_strength, Math.min(look.strength * nearer, 0.45));
  }

  render(parameters) {
    if (!look.isMoving) super.render(parameters);
  }
}
