import { createSortedRowModel, rowSortingFeature, sortFn_alphanumeric, sortFn_basic, tableFeatures, type ColumnHelper, type RowData } from "@tanstack/react-table";

/** What every long table can do. */
export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic } });

/** The columns of a table of such rows, as a column helper makes them. */
export type Columns<Row extends RowData> = ReturnType<ColumnHelper<typeof features, Row>["columns"]>;

export const ROW_HEIGHT = 29;
