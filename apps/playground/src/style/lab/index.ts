import "./lab.css";
import "./mix.css";
import "./slide.css";
import "./count.css";
import "./twins.css";
import "./search.css";
