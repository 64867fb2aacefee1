import loadHighs, { type Highs, type ModelData } from "highs";
import type { LinearProgram, LpAnswer, Solver } from "@/lib/gaps/plan/linear-program";

/**
 * Opens HiGHS (WebAssembly, nothing is loaded from a network) as a solver. A solve blocks its thread until it is done or out of time, so
 * it belongs into a worker thread, which whoever waits may end.
 */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs();
  return (program, seconds, start) => solve(highs, program, seconds, start);
}

function solve(highs: Highs, program: LinearProgram, seconds: number, start: Float64Array | undefined): LpAnswer {
  const model = highs.createModel(toModel(highs, program));
  try {
    model.options.set({ output_flag: false, time_limit: Math.max(0.05, seconds), mip_rel_gap: 0, mip_abs_gap: 1e-6 });
    if (start !== undefined) model.setSolution({ colValue: start });
    model.run();
    const status = model.getModelStatus();
    const { modelStatus } = highs.constants;
    if (status === modelStatus.infeasible) return { status: "infeasible", values: null, bound: -Infinity };
    const bound = model.info.get("mip_dual_bound");
    const found = model.info.get("primal_solution_status") === FEASIBLE;
    return {
      status: status === modelStatus.optimal ? "optimal" : "time-limit",
      values: found ? Float64Array.from(model.getSolution().colValue) : null,
      bound: typeof bound === "number" ? bound : Infinity,
    };
  } finally {
    model.dispose();
  }
}

const FEASIBLE = 2; // HiGHS: a point that keeps every row

function toModel(highs: Highs, { columns, integers, objective, starts, index, value, lower, upper }: LinearProgram): ModelData {
  const { integer, continuous } = highs.constants.variableType;
  return {
    numCols: columns,
    numRows: lower.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: objective,
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(1),
    rowLower: lower,
    rowUpper: upper,
    matrix: { format: "csr", numRows: lower.length, numCols: columns, starts, indices: index, values: value },
    integrality: Int32Array.from({ length: columns }, (_, column) => (column < integers ? integer : continuous)),
  };
}
