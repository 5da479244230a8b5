console.log("pointwise");
