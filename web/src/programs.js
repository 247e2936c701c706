// How people and ties are drawn by WebGL.
import { EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";
import { channels } from "./theme.js";

/** What the shaders need to know besides the data; one picture per page, so one of these. */
export const look = { ink: [0, 0, 0], smallest: 2.4, isMoving: false };

export function setInk(colour) {
  look.ink = channels(colour).map((value) => value / 255);
}

// As sigma's own, but never smaller than a dot that can be seen.
const VERTEX = `
attribute vec4 a_id;
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
  float size = max(a_size / u_sizeRatio, u_smallest) * u_correctionRatio * 4.0;
  vec2 diffVector = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + diffVector, 1)).xy, 0, 1);
  v_diffVector = diffVector;
  v_radius = size / 2.0;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

// A disc with a darker edge, so that pale colours stand out and neighbours stay apart.
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
uniform float u_correctionRatio;
uniform vec3 u_ink;
void main(void) {
  float pixel = u_correctionRatio * 2.0;
  float inside = v_radius - length(v_diffVector);
  #ifdef PICKING_MODE
  gl_FragColor = inside > 0.0 ? v_color : vec4(0.0);
  #else
  float edge = min(pixel * 1.1, v_radius * 0.3);
  float shade = 1.0 - smoothstep(edge, edge + pixel * 0.7, inside);
  vec3 colour = mix(v_color.rgb, u_ink, shade * 0.42);
  gl_FragColor = mix(vec4(0.0), vec4(colour, 1.0), clamp(inside / pixel, 0.0, 1.0));
  #endif
}`;

export class PersonProgram extends NodeCircleProgram {
  getDefinition() {
    const definition = super.getDefinition();
    return {
      ...definition,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      UNIFORMS: [...definition.UNIFORMS, "u_ink", "u_smallest"],
    };
  }

  setUniforms(parameters, info) {
    super.setUniforms(parameters, info);
    const { gl, uniformLocations } = info;
    if (uniformLocations.u_ink) gl.uniform3fv(uniformLocations.u_ink, look.ink);
    gl.uniform1f(uniformLocations.u_smallest, look.smallest);
  }
}

/** Ties rest while a large picture moves. sigma's own setting for it reads all data anew after each drag. */
export class TieProgram extends EdgeRectangleProgram {
  render(parameters) {
    if (!look.isMoving) super.render(parameters);
  }
}
